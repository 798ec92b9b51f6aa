with

followed as (
    select
        lane_code,
        defect_code,
        bring_back_cost_amount,
        is_looked_at,
        is_brought_back,
        is_cause_unknown,
        shipped_date
    from {{ ref('int_shipment_checks_followed_to_bring_backs') }}
),

final as (
    select
        lane_code,
        defect_code,
        count(*) as parcel_count,
        count(case when is_looked_at then 1 end) as looked_at_parcel_count,
        count(case when is_brought_back then 1 end) as brought_back_parcel_count,
        count(case when is_cause_unknown then 1 end) as unknown_cause_parcel_count,
        count(case when is_brought_back and bring_back_cost_amount is null then 1 end)
            as uncosted_parcel_count,
        cast(coalesce(sum(bring_back_cost_amount), 0) as bigint) as bring_back_cost_amount,
        shipped_date
    from followed
    group by lane_code, defect_code, shipped_date
    order by shipped_date nulls last, lane_code, defect_code
)

select * from final
