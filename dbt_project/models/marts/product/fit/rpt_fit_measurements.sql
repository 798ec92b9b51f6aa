with

sizes as (
    select
        style_id,
        measure_code,
        size_label,
        category_name,
        size_order,
        measured_hundredths
    from {{ ref('int_products_measured_to_sizes') }}
),

stepped as (
    select
        *,
        lag(size_label) over (
            partition by style_id, measure_code order by size_order, size_label
        ) as from_size_label,
        measured_hundredths - lag(measured_hundredths) over (
            partition by style_id, measure_code order by size_order, size_label
        ) as step_hundredths
    from sizes
),

ranked as (
    select
        style_id,
        measure_code,
        category_name,
        step_hundredths,
        row_number() over (
            partition by style_id, measure_code order by step_hundredths, size_label
        ) as step_rank,
        count(*) over (partition by style_id, measure_code) as step_count
    from stepped
    where step_hundredths is not null
),

-- The step in the middle: one that is out of line does not move it.
styles as (
    select
        style_id,
        measure_code,
        min(category_name) as category_name,
        min(step_hundredths) as usual_hundredths,
        min(step_count) as step_count
    from ranked
    where step_rank = {{ divide_down('step_count + 1', '2') }}
    group by style_id, measure_code
),

ranked_styles as (
    select
        category_name,
        measure_code,
        usual_hundredths,
        row_number() over (
            partition by category_name, measure_code order by usual_hundredths, style_id
        ) as style_rank,
        count(*) over (partition by category_name, measure_code) as style_count
    from styles
),

categories as (
    select
        category_name,
        measure_code,
        usual_hundredths as category_hundredths
    from ranked_styles
    where style_rank = {{ divide_down('style_count + 1', '2') }}
),

joined as (
    select
        stepped.style_id,
        stepped.measure_code,
        stepped.from_size_label,
        stepped.size_label,
        stepped.category_name,
        stepped.size_order,
        stepped.measured_hundredths,
        stepped.step_hundredths,
        styles.usual_hundredths,
        categories.category_hundredths,
        abs(stepped.step_hundredths - styles.usual_hundredths) as off_hundredths,
        coalesce(styles.step_count, 0) as step_count
    from stepped
    left join styles
        on
            stepped.style_id = styles.style_id
            and stepped.measure_code = styles.measure_code
    left join categories
        on
            coalesce(styles.category_name, '') = coalesce(categories.category_name, '')
            and styles.measure_code = categories.measure_code
),

-- Out of line: a quarter of the usual step and a millimetre at least. Of two steps nobody knows
-- which one is.
final as (
    select
        style_id,
        measure_code,
        size_label,
        from_size_label,
        category_name,
        size_order,
        measured_hundredths / 100.0 as measured_cm,
        step_hundredths / 100.0 as step_cm,
        usual_hundredths / 100.0 as usual_step_cm,
        category_hundredths / 100.0 as category_step_cm,
        (step_hundredths - usual_hundredths) / 100.0 as step_difference_cm,
        coalesce(
            step_count >= 3
            and off_hundredths >= 10
            and off_hundredths * 4 >= abs(usual_hundredths),
            false
        ) as is_irregular
    from joined
    order by style_id, measure_code, size_order, size_label
)

select * from final
