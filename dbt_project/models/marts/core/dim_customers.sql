with

customers as (
    select
        customer_id,
        height_band_name,
        age_band_name,
        usual_size_label,
        order_count,
        has_consent,
        is_in_customers_file,
        first_order_date,
        last_order_date
    from {{ ref('int_customers_joined_to_orders') }}
)

select * from customers
